-- The owner of the schema, the role of the application, and the database: run once, by a superuser, with psql.
\getenv owner OWNER_PASSWORD
\getenv application DATABASE_PASSWORD
CREATE ROLE culture_owner LOGIN PASSWORD :'owner';
CREATE ROLE culture_app LOGIN PASSWORD :'application';
CREATE DATABASE culture OWNER culture_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';

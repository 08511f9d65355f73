"""Addresses from viewsets: only what a viewset offers has a route; anything else is 404, or 405 with what is allowed."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.routers import DynamicRoute, Route, SimpleRouter

from culture_admin.workflow.steps import flow_of


class Router(SimpleRouter):
    """Every collection below its name, which is also the name of its routes and of the collection in a key's scopes.

    An address is compared with the names first, then only with what is below the one that fits.
    """

    def register(self, prefix, viewset, basename=None):
        super().register(prefix, viewset, basename or prefix)

    def get_urls(self):
        return [path(f"{prefix}/", include(_below(name, viewset).urls)) for prefix, viewset, name in self.registry]


def _below(name, viewset):
    router = CollectionRouter()
    router.register("", viewset, name)
    return router


class CollectionRouter(SimpleRouter):
    """The collection itself, bulk/, steps/, ID/, and ID/STEP/ for every step of the flow."""

    routes = [
        Route("^$", {"get": "list", "post": "create"}, "{basename}-list", False, {}),
        Route("^bulk/$", {"post": "bulk"}, "{basename}-bulk", False, {}),
        Route("^steps/$", {"post": "steps"}, "{basename}-steps", False, {}),
        DynamicRoute("^{url_path}/$", "{basename}-{url_name}", False, {}),
        Route(
            "^{lookup}/$",
            {"get": "retrieve", "patch": "partial_update"},
            "{basename}-detail",
            True,
            {},
        ),
        DynamicRoute("^{lookup}/{url_path}/$", "{basename}-{url_name}", True, {}),
    ]

    def get_routes(self, viewset):
        flow = flow_of(viewset.model) if hasattr(viewset, "model") else None
        return super().get_routes(viewset) + [
            Route(
                f"^{{lookup}}/{name}/$",
                {"post": "step"},
                f"{{basename}}-{name}",
                True,
                {"step_name": name},
            )
            for name in (flow.steps if flow else ())
        ]

    def get_method_map(self, viewset, method_map):
        offered = super().get_method_map(viewset, method_map)
        offers = getattr(viewset, "offers", None)
        return {method: action for method, action in offered.items() if offers is None or offers(action)}

"""Papers: what is printed, as a page of HTML at once and as a PDF from the worker, with the numbers documents bear.

An app declares its papers in papers.py. From then on each has a page to print, links beside its record, a PDF and its place in
the API.
"""

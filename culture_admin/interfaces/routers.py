"""Addresses from viewsets: only what a viewset offers has a route; anything else is 404, or 405 with what is allowed."""

from __future__ import annotations

from rest_framework.routers import DynamicRoute, Route, SimpleRouter

from culture_admin.workflow.steps import flow_of


class Router(SimpleRouter):
    """COLLECTION/, COLLECTION/bulk/, COLLECTION/steps/, COLLECTION/ID/, and COLLECTION/ID/STEP/ for every step of the flow."""

    routes = [
        Route(r"^{prefix}{trailing_slash}$", {"get": "list", "post": "create"}, "{basename}-list", False, {}),
        Route(r"^{prefix}/bulk{trailing_slash}$", {"post": "bulk"}, "{basename}-bulk", False, {}),
        Route(r"^{prefix}/steps{trailing_slash}$", {"post": "steps"}, "{basename}-steps", False, {}),
        DynamicRoute(r"^{prefix}/{url_path}{trailing_slash}$", "{basename}-{url_name}", False, {}),
        Route(
            r"^{prefix}/{lookup}{trailing_slash}$",
            {"get": "retrieve", "patch": "partial_update"},
            "{basename}-detail",
            True,
            {},
        ),
        DynamicRoute(r"^{prefix}/{lookup}/{url_path}{trailing_slash}$", "{basename}-{url_name}", True, {}),
    ]

    def register(self, prefix, viewset, basename=None):
        """Under its prefix, which is also the name of its routes and of the collection in a key's scopes."""
        super().register(prefix, viewset, basename or prefix)

    def get_routes(self, viewset):
        flow = flow_of(viewset.model) if hasattr(viewset, "model") else None
        return super().get_routes(viewset) + [
            Route(
                rf"^{{prefix}}/{{lookup}}/{name}{{trailing_slash}}$",
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

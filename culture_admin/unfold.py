"""How the admin looks and what it is called: Unfold's settings."""

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

# The colours of celadon, the ware of the kilns at Shanglin Lake. 600 on white and white on 600 keep 4.5 : 1.
CELADON = {
    "50": "oklch(97.6% .012 172)",
    "100": "oklch(94.4% .028 172)",
    "200": "oklch(89.6% .05 172)",
    "300": "oklch(82.8% .075 173)",
    "400": "oklch(74% .095 173)",
    "500": "oklch(62% .098 174)",
    "600": "oklch(50.5% .086 175)",
    "700": "oklch(43.5% .073 176)",
    "800": "oklch(37% .06 177)",
    "900": "oklch(31.5% .05 178)",
    "950": "oklch(23% .038 180)",
}

UNFOLD = {
    "SITE_TITLE": _("Culture administration"),
    "SITE_HEADER": _("Culture administration"),
    "SITE_SUBHEADER": _("Stations, stewards, activities"),
    "SITE_SYMBOL": "theater_comedy",
    "SITE_URL": None,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "8px",
    "COLORS": {"primary": CELADON},
    "STYLES": [lambda request: static("bureau/bureau.css"), lambda request: static("bureau/pages.css")],
    "SCRIPTS": [lambda request: static("bureau/a11y.js"), lambda request: static("bureau/bureau.js")],
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("bureau/icon.svg")},
    ],
    "COMMAND": {"search_models": False, "show_history": False},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "culture_admin.bureau.menu.navigation",
    },
}

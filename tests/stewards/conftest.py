"""The doors that stories of stewards go through: the API and the pages, each as an account sees them, in English."""

from tests.stations.conftest import api, post, sign_in, step

__all__ = ["api", "post", "sign_in", "step"]

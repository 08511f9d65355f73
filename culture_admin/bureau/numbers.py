"""The statistics page: metrics, period and dimensions chosen by hand; the same question as the API's, the same answer."""

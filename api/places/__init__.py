"""Places: the gazetteer, the offline geocoder, and loading both; knows no case and no request."""

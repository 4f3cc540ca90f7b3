"""Published cases as readers get them: list, document, statistics, tiles, exports, feeds."""

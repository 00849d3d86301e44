"""Two states of the report compared: as tracked changes, as a web page, and as what changed for each association."""

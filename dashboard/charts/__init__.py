"""Charts and drawings: a measure in, something to look at out. Nothing here touches the page."""

"""Context key of our own writes: no remote call can carry this very object."""

FLOW = object()

"""The bill of materials: the stock that a design's inlay is made of, from its geometry."""

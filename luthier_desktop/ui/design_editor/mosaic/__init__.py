"""The tile editor: paints the ordered grid of a mosaic, a meander or an own tile."""

"""Records of the web ToolBox: what they say, and what is wrong in them."""

"""The workshop library: setups, materials, tools, machines, cuts and tops."""

"""The design editor: canvas, ring table and inspector over one design with its history."""

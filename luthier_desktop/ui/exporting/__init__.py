"""What leaves the program: the Export dialog, the print dialog, and their previews."""

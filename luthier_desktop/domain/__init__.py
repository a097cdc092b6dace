"""What a luthier means: designs, shops, checks and runs, without files, clock or screen."""

"""What stands around the pages when they are served: headers, health, login, limits, logs."""

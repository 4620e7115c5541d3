"""The roof: settings, root addresses, the server and the command line."""

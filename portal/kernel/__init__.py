"""What every part of the portal stands on; knows no web and no domain."""

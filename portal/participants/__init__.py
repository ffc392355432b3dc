"""The statushouders who register, their wishes, and what somebody must tell them by phone."""

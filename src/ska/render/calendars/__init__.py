"""The year as calendars to subscribe to."""

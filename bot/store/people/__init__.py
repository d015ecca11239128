"""Subscriptions, servers, approvals, feedback."""

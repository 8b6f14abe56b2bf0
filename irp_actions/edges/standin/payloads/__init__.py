"""How records look on the wire: the objects of the REST API and the payloads of webhooks."""

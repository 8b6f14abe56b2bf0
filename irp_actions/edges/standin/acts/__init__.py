"""What people and job tokens can do to the world, each act once, for REST, GraphQL and forms alike.

An act checks who may, changes the records, and puts the event that tells of it into the outbox.
"""

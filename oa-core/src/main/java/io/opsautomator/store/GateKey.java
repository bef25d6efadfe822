package io.opsautomator.store;

/** What shares one limit: a concurrency key, or a run that counts its failures or goes in waves. */
public record GateKey(String value) {}

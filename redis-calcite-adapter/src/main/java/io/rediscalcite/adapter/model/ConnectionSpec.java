package io.rediscalcite.adapter.model;

/** Placeholder until the URL parser lands. */
public record ConnectionSpec() {}

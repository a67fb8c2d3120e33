package io.betrue.swagger;

/** A version of OpenAPI. */
enum Version {
    V31("3.1.0"),
    V30("3.0.3");

    private final String number;

    Version(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    Dialect dialect() {
        return this == V31 ? new Schema31() : new Schema30();
    }
}

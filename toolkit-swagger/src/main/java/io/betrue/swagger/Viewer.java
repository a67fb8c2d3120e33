package io.betrue.swagger;

/** What shows the document to people. Its files come from a web jar of the class path, never from another host. */
public enum Viewer {
    /** Swagger UI, which can also call the routes; {@code org.webjars:swagger-ui}. */
    SWAGGER_UI,
    /** ReDoc, for reading; {@code org.webjars.npm:redoc}. */
    REDOC
}

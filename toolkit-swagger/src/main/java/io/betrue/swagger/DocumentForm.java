package io.betrue.swagger;

/** A form in which the document can be had. */
public enum DocumentForm {
    /** OpenAPI 3.1 as JSON. */
    JSON_31(".json", "application/json", true, false),
    /** OpenAPI 3.0.3 as JSON, for tools that do not know 3.1. */
    JSON_30("-3.0.json", "application/json", false, false),
    /** OpenAPI 3.1 as YAML. */
    YAML_31(".yaml", "application/yaml", true, true),
    /** OpenAPI 3.0.3 as YAML. */
    YAML_30("-3.0.yaml", "application/yaml", false, true);

    private final String suffix;
    private final String mediaType;
    private final boolean current;
    private final boolean yaml;

    DocumentForm(String suffix, String mediaType, boolean current, boolean yaml) {
        this.suffix = suffix;
        this.mediaType = mediaType;
        this.current = current;
        this.yaml = yaml;
    }

    String suffix() {
        return suffix;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isYaml() {
        return yaml;
    }

    Version version() {
        return current ? Version.V31 : Version.V30;
    }
}

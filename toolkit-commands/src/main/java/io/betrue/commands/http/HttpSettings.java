package io.betrue.commands.http;

import io.betrue.commands.SchemaCheck;
import java.util.List;
import java.util.Set;

/**
 * What was chosen.
 *
 * @param prefix the path below which commands are
 * @param bodyLimit the most bytes of an input
 * @param contentLimit the most bytes of a stream
 * @param streams how many streams are sent at once
 * @param headers which headers of requests become headers of calls, in lower case
 * @param schemas the schemas of commands
 * @param namedSchemas whether documents speak of registered schemas by their names
 * @param rest other ways in
 */
record HttpSettings(
        String prefix,
        int bodyLimit,
        long contentLimit,
        int streams,
        Set<String> headers,
        SchemaCheck schemas,
        boolean namedSchemas,
        List<RestRoute> rest) {
    HttpSettings {
        headers = Set.copyOf(headers);
        rest = List.copyOf(rest);
    }
}

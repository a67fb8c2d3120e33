package io.betrue.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The formats that are known without being registered, in every draft. */
final class Formats {
    private static final Map<String, TextPattern> ALL = Map.ofEntries(
            Map.entry("date", DateTimes::isDate),
            Map.entry("time", DateTimes::isTime),
            Map.entry("date-time", DateTimes::isDateTime),
            Map.entry("duration", DateTimes::isDuration),
            Map.entry("email", text -> Emails.isEmail(text, false)),
            Map.entry("idn-email", text -> Emails.isEmail(text, true)),
            Map.entry("hostname", Hostnames::isHostname),
            Map.entry("idn-hostname", Hostnames::isIdnHostname),
            Map.entry("ipv4", IpAddresses::isV4),
            Map.entry("ipv6", IpAddresses::isV6),
            Map.entry("uri", text -> Uris.isUri(text, false)),
            Map.entry("uri-reference", text -> Uris.isReference(text, false)),
            Map.entry("iri", text -> Uris.isUri(text, true)),
            Map.entry("iri-reference", text -> Uris.isReference(text, true)),
            Map.entry("uri-template", UriTemplates::isTemplate),
            Map.entry("uuid", Formats::isUuid),
            Map.entry("json-pointer", Pointers::isPointer),
            Map.entry("relative-json-pointer", Pointers::isRelative),
            Map.entry("regex", Patterns::isExpression));

    private Formats() {}

    /** {@return the names of the formats} */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** {@return the meaning of a format, or null if it has none} */
    static @Nullable TextPattern of(String name) {
        return ALL.get(name);
    }

    /** RFC 4122, section 3. */
    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (dash ? c != '-' : !Ascii.isHex(c)) {
                return false;
            }
        }
        return true;
    }
}

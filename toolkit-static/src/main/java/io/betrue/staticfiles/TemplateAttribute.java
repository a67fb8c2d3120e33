package io.betrue.staticfiles;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of one attribute in quotes, and how expressions are written in it. Not safe for use by multiple threads. */
final class TemplateAttribute {
    private static final Set<String> URL = Set.of(
            "action",
            "archive",
            "background",
            "cite",
            "classid",
            "codebase",
            "data",
            "dynsrc",
            "formaction",
            "href",
            "icon",
            "longdesc",
            "lowsrc",
            "manifest",
            "poster",
            "profile",
            "src",
            "usemap",
            "hx-get",
            "hx-post",
            "hx-put",
            "hx-patch",
            "hx-delete");
    private static final Set<String> URLS = Set.of("srcset", "imagesrcset", "ping");
    private static final Set<String> ANIMATED = Set.of("to", "from", "by", "values");
    private static final Set<String> DECIDING = Set.of("http-equiv", "srcdoc", "attributename");
    private static final Set<String> PICTURES = Set.of("img", "image", "source", "link");
    private static final String CODE_MARKS = "@:([*#";

    private final int from;
    private final TemplateLink.@Nullable Kind kind;
    private final boolean pictures;
    private final @Nullable String refused;
    private final @Nullable TemplateLanguage code;
    private @Nullable TemplateLink link;
    private boolean lost;
    private boolean cut;

    /** Begins at the first character of the value. */
    TemplateAttribute(String tag, String name, int from) {
        this.from = from;
        String local = local(name);
        this.code = code(name, local);
        this.refused = code == null ? refused(tag, name, local) : null;
        this.kind = kind(tag, local);
        this.pictures = PICTURES.contains(tag);
    }

    /** The name without the prefix of a name space, and without {@code data-}: what scripts copy from there mostly means the same. */
    private static String local(String name) {
        String bare = name.startsWith("data-") ? name.substring(5) : name;
        return bare.substring(bare.indexOf(':') + 1);
    }

    private static @Nullable TemplateLanguage code(String name, String local) {
        if (name.startsWith("on") || (local.startsWith("on") && name.contains(":"))) {
            return new TemplateScript();
        }
        return local.equals("style") ? new TemplateStyle() : null;
    }

    private static @Nullable String refused(String tag, String name, String local) {
        boolean script = tag.equals("script") || tag.equals("style");
        if (DECIDING.contains(local) || (script && (local.equals("type") || local.equals("language")))) {
            return "in the attribute " + local + ", which decides how other text is read";
        }
        boolean framework = name.isEmpty()
                || CODE_MARKS.indexOf(name.charAt(0)) >= 0
                || name.startsWith("v-")
                || name.startsWith("x-")
                || name.startsWith("ng-")
                || name.startsWith("hx-on");
        return framework
                ? "in the attribute " + name + ", which a framework may read as code; use an attribute data-…"
                : null;
    }

    private static TemplateLink.@Nullable Kind kind(String tag, String local) {
        if (URLS.contains(local)) {
            return TemplateLink.Kind.URLS;
        }
        boolean named =
                local.contains("src") || local.contains("url") || local.contains("uri") || local.contains("href");
        if (URL.contains(local) || named) {
            return TemplateLink.Kind.URL;
        }
        boolean animated = (tag.startsWith("animate") || tag.equals("set")) && ANIMATED.contains(local);
        boolean refresh = tag.equals("meta") && local.equals("content");
        boolean parameter = tag.equals("param") && local.equals("value");
        return animated || refresh || parameter ? TemplateLink.Kind.WATCHED : null;
    }

    void text(String text, int start, int end) {
        if (code == null) {
            return;
        }
        String part = text.substring(start, end);
        String decoded = TemplateEntities.decodeStrictly(part);
        cut = TemplateEntities.isCut(part);
        lost |= decoded == null;
        if (decoded != null) {
            code.text(decoded, 0, decoded.length());
        }
    }

    TemplateSpot expression(char next) {
        if (refused != null) {
            return TemplateSpot.refused(refused);
        }
        if (code != null) {
            boolean unclear = lost || cut;
            return unclear
                    ? TemplateSpot.refused(
                            "behind a character reference that is not certain; write the character itself, or &quot;")
                    : code.expression(next == '&' ? ' ' : next).inAttribute();
        }
        if (kind == null) {
            return TemplateSpot.of(TemplateEscape.AS_IS).inAttribute();
        }
        if (link == null) {
            link = new TemplateLink(kind, pictures, from);
        }
        link.expression();
        TemplateEscape escape = kind == TemplateLink.Kind.WATCHED ? TemplateEscape.AS_IS : TemplateEscape.URL;
        return new TemplateSpot(escape, true, link, null);
    }

    void end(int offset) {
        if (link != null) {
            link.end(offset);
        }
    }
}

package io.betrue.staticfiles;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders the templates of one mount. The files a template names are known only once it was rendered, and their hashes
 * only once they are settled: so it is rendered with plain paths first, and again where a version shows in it.
 */
final class AssetTemplates {
    private final MountSettings mount;
    private final Settings settings;
    private final AssetPaths paths;
    private final Faults faults;

    AssetTemplates(MountSettings mount, Settings settings, AssetPaths paths, Faults faults) {
        this.mount = mount;
        this.settings = settings;
        this.paths = paths;
        this.faults = faults;
    }

    /** {@return the text with plain paths, or {@code null} with a fault} */
    @Nullable
    String first(Draft draft, Template template) {
        FileUrl plain = (target, version) -> {
            if (version != FileVersion.NONE) {
                draft.needs.add(target);
            }
            return paths.plain(target);
        };
        return template.render(new Scope(draft.calls.recording(settings.functions()), plain), faults);
    }

    /** {@return the text with the versions of all files that are settled, or {@code null} with a fault} */
    @Nullable
    String last(Draft draft, Template template) {
        FileUrl versioned = (target, version) -> {
            if (version == FileVersion.NONE || !target.settledFor(draft)) {
                return paths.plain(target);
            }
            draft.madeOf(target);
            return paths.versioned(target, version);
        };
        return template.render(new Scope(draft.calls.replaying(settings.functions()), versioned), faults);
    }

    private interface FileUrl {
        String of(Draft target, FileVersion version);
    }

    private final class Scope implements TemplateScope {
        private final Map<String, TemplateFunction> functions;
        private final FileUrl urls;

        Scope(Map<String, TemplateFunction> functions, FileUrl urls) {
            this.functions = functions;
            this.urls = urls;
        }

        @Override
        public String prefix() {
            return mount.prefix();
        }

        @Override
        public Map<String, Object> values() {
            return settings.values();
        }

        @Override
        public Map<String, TemplateFunction> functions() {
            return functions;
        }

        @Override
        public @Nullable String fileUrl(String path, @Nullable FileVersion version) {
            String inside = UrlPaths.inMount(path);
            Draft target = inside == null ? null : paths.find(inside);
            if (target == null) {
                return null;
            }
            // A page is revalidated at each visit: a version would only give it a second address.
            FileVersion usual = target.page ? FileVersion.NONE : mount.fileVersion();
            return urls.of(target, version == null ? usual : version);
        }
    }
}

package io.betrue.swagger;

import io.javalin.Javalin;
import io.javalin.config.JavalinState;
import io.javalin.config.Key;
import io.javalin.config.NoValueForKeyException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The documents of an application. They are written when they are first asked for, kept, and written anew after a route was added. Safe for use by multiple
 * threads.
 */
public final class OpenApi {
    private static final Key<OpenApi> KEY = new Key<>("io.betrue.swagger.OpenApi");

    private final JavalinState state;
    private final Settings settings;
    private final AtomicInteger changes = new AtomicInteger();
    private @Nullable Snapshot latest;

    OpenApi(JavalinState state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    /**
     * {@return the documents of an application, which need not have been started}
     *
     * @param app an application that has a {@link SwaggerPlugin}
     * @throws IllegalArgumentException if it has none
     */
    public static OpenApi of(Javalin app) {
        try {
            return app.unsafe.appDataManager.get(KEY);
        } catch (NoValueForKeyException e) {
            throw new IllegalArgumentException("the application has no SwaggerPlugin; register one", e);
        }
    }

    /**
     * {@return the document in a form, in UTF-8; the same bytes until a route is added}
     *
     * @param form the form
     * @throws IllegalStateException if a route speaks of a schema that is not there
     */
    public byte[] document(DocumentForm form) {
        return rendering(form).bytes().clone();
    }

    /**
     * {@return what the documents cannot say as the application has it, a sentence each, sorted}
     *
     * @throws IllegalStateException if a route speaks of a schema that is not there
     */
    public List<String> warnings() {
        synchronized (this) {
            TreeSet<String> all = new TreeSet<>(snapshot().plan.warnings());
            all.addAll(losses(Version.V31));
            all.addAll(losses(Version.V30));
            return List.copyOf(all);
        }
    }

    /** What the versions cannot say of schemas. */
    private List<String> losses(Version version) {
        List<String> losses = new ArrayList<>();
        snapshot().writer.write(version, losses);
        return losses;
    }

    Rendering rendering(DocumentForm form) {
        synchronized (this) {
            Snapshot snapshot = snapshot();
            return snapshot.ready.computeIfAbsent(
                    form,
                    wanted ->
                            Rendering.of(snapshot.writer.write(wanted.version(), new ArrayList<>()), wanted.isYaml()));
        }
    }

    void publish() {
        state.appDataManager.register(KEY, this);
    }

    void routesChanged() {
        changes.incrementAndGet();
    }

    private Snapshot snapshot() {
        Snapshot snapshot = latest;
        int now = changes.get();
        if (snapshot == null || snapshot.changes != now) {
            snapshot = new Snapshot(now, plan(), settings);
            latest = snapshot;
        }
        return snapshot;
    }

    private Plan plan() {
        List<Route> routes = new ArrayList<>();
        List<String> unknown = new ArrayList<>(settings.described().keySet());
        for (Route route : Route.all(state)) {
            unknown.remove(route.name());
            Operation other = settings.described().get(route.name());
            Route said = other == null || !route.isSilent() ? route : route.saying(other);
            if (!settings.hides(said)) {
                routes.add(said);
            }
        }
        Plan plan = Plan.of(routes, settings);
        List<String> warnings = new ArrayList<>(plan.warnings());
        unknown.stream().sorted().forEach(name -> warnings.add(name + ": described, but there is no such route"));
        return new Plan(plan.paths(), plan.unlisted(), List.copyOf(warnings));
    }

    private static final class Snapshot {
        private final int changes;
        private final Plan plan;
        private final DocumentWriter writer;
        private final Map<DocumentForm, Rendering> ready = new EnumMap<>(DocumentForm.class);

        Snapshot(int changes, Plan plan, Settings settings) {
            this.changes = changes;
            this.plan = plan;
            this.writer = new DocumentWriter(settings, plan);
        }
    }
}

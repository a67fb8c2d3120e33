package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.security.RouteRole;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what in the pipeline: the roles that guard a request are those of what it is answered with. */
class PipelineRolesHttpTest {
    private static final MountSettings STAFF = mount(Role.STAFF);
    private static final MountSettings ANYONE = mount();

    private enum Role implements RouteRole {
        STAFF
    }

    private static MountSettings mount(Role... roles) {
        return Sample.mount(
                "/", mount -> mount.roles(roles).spaFallback("index.html").errorPages());
    }

    /** {@return files that all have the same content} */
    private static Tree tree(MountSettings mount, String content, String... files) {
        Tree.Builder tree = new Tree.Builder();
        for (String file : files) {
            tree.add(file, Site.resource(mount, file, content, false, List.of()));
        }
        tree.add("/dir", new Entry.Redirect(mount, "/dir/"));
        Faults faults = new Faults();
        Tree built = tree.build(List.of(mount), faults);
        faults.throwIfAny();
        return built;
    }

    private static Tree staffOnly() {
        return tree(STAFF, "secret", "/index.html", "/404.html", "/a.txt");
    }

    private static Answer get(Supplier<Tree> tree, Handler guard, String target, String... headers) {
        Javalin app = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.beforeMatched(guard);
            Serving.install(config.unsafe, tree);
        });
        app.start(0);
        try {
            return Protocols.http1(app.port(), "GET", target, List.of(headers));
        } finally {
            app.stop();
        }
    }

    private static void refuseStrangers(Context ctx) {
        if (ctx.routeRoles().contains(Role.STAFF)) {
            throw new ForbiddenResponse("staff only");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.txt", "/%61.txt", "//a.txt", "/index.html", "/dir", "/orders/17", "/none.txt"})
    void rolesOfMountAreTheRolesOfFilesRedirectsAndFallbacks(String target) {
        Answer answer = get(
                PipelineRolesHttpTest::staffOnly, PipelineRolesHttpTest::refuseStrangers, target, "Accept: text/html");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("staff only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "BEFORE", "NONE"})
    void rolesCountWhateverMethodTheClientClaims(String override) {
        for (String target : List.of("/a.txt", "/dir", "/orders/17", "/none.txt")) {
            Answer answer = get(
                    PipelineRolesHttpTest::staffOnly,
                    PipelineRolesHttpTest::refuseStrangers,
                    target,
                    "Accept: text/html",
                    "X-HTTP-Method-Override: " + override);
            assertThat(answer.body()).as(target).doesNotContain("secret");
            assertThat(answer.status()).as(target).isIn(403, 404, 405);
        }
    }

    @Test
    void methodThatAGuardedMountDoesNotHaveIsRefused() {
        Answer answer = get(PipelineRolesHttpTest::staffOnly, ctx -> {}, "/a.txt", "X-HTTP-Method-Override: DELETE");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void fileThatCannotBeReadLeadsToNoPageOfAnotherMount() {
        MountSettings inner = Sample.mount(
                "/staff",
                mount -> mount.roles(Role.STAFF).spaFallback("index.html").errorPages());
        Entry.Resource page = Site.resource(inner, "/staff/index.html", "secret", false, List.of());
        SourceFile gone = new DiskFile("gone", Path.of("nowhere", "gone"), 5, Site.MODIFIED_AT, null);
        Representation unreadable = new Representation(null, null, new Body.Streamed(gone), List.of(), List.of());
        Tree tree = new Tree.Builder()
                .add("/staff/index.html", page)
                .add("/staff/gone", new Entry.Resource(ANYONE, "/staff/gone", Site.MODIFIED_AT, unreadable, List.of()))
                .build(List.of(inner), new Faults());
        Answer answer = get(() -> tree, PipelineRolesHttpTest::refuseStrangers, "/staff/gone", "Accept: text/html");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("secret");
    }

    /** Strangers may see nothing any more when the files are read again, just after a stranger was let in. */
    private static Answer getWhileReloading(String target) {
        AtomicReference<Tree> tree = new AtomicReference<>(tree(ANYONE, "open", "/index.html", "/404.html", "/a.txt"));
        return get(
                tree::get,
                ctx -> {
                    refuseStrangers(ctx);
                    tree.set(tree(
                            STAFF, "secret", "/index.html", "/404.html", "/a.txt", "/orders/17", "/none.txt", "/now"));
                },
                target,
                "Accept: text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.txt", "/orders/18", "/none.css"})
    void fileOrFallbackStaysTheSameForTheWholeRequest(String target) {
        assertThat(getWhileReloading(target).body()).isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/17", "/none.txt", "/now"})
    void fileThatComesDuringARequestIsNotSeenByIt(String target) {
        assertThat(getWhileReloading(target).body()).isEqualTo("open");
    }
}

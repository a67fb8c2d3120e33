package io.betrue.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobState;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The dashboard of jobs in PostgreSQL, as a person uses it; pictures of all views go to {@code target/dashboard}. */
class JobDashboardIT {
    private static final List<String> VIEWS = List.of("overview", "failures", "jobs", "schedules", "workers");
    private static final int LEAST_CONTRAST = 45; // tenths, WCAG 2.2 level AA

    @RegisterExtension
    static final TestDatabase DATABASE =
            TestDatabase.migratedBy("jobs-dashboard", dataSource -> PostgresJobs.migrate(dataSource, "jobs"));

    private static JobDesk desk;

    private Browser browser;

    @BeforeAll
    static void openDesk() throws IOException {
        desk = new JobDesk(DATABASE.dataSource());
    }

    @AfterAll
    static void closeDesk() {
        desk.close();
    }

    @BeforeEach
    void openBrowser() {
        browser = new Browser();
        browser.resize(1280, 900);
    }

    @AfterEach
    void closeBrowser() {
        desk.calledBy(JobDesk.Role.ADMIN);
        List<String> requests = browser.requests();
        browser.close();
        assertThat(requests)
                .isNotEmpty()
                .allMatch(request -> request.startsWith(desk.address()) || request.endsWith("/favicon.ico"));
    }

    private void open(String view) {
        browser.open(desk.address() + "#" + view);
        browser.see("main[data-view=" + view.replaceAll("/.*", "") + "]");
    }

    private void complainsOfNothing() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsQueuesWithTheirRatesAndWhatRuns() {
        open("overview");
        browser.awaitText("tr[data-key=imports]", "1");
        assertThat(browser.see("tr[data-key=imports]").getText()).containsPattern("imports\\s+1\\s+1\\s+0");
        assertThat(browser.see("tr[data-key=mails]").getText()).containsPattern("1[2-9]\\.\\d\\s+\\d+\\.\\d\\s+pause");
        browser.awaitText("td .progress", "40 % page 4 of 10");
        browser.awaitText("td .progress", "90 % page 9 of 10");
        assertThat(browser.see(".sums").getText()).contains("Queued", "Delayed", "Running");
        complainsOfNothing();
    }

    @Test
    void showsTheStackOfADeadJobAndRetriesIt() {
        long id = desk.deadMail(2);
        open("failures");
        browser.awaitText("tr[data-key='" + id + "']", "no route to mail.example.org");
        browser.see("tr[data-key='" + id + "'] a").click();
        browser.awaitText("#job-title", "Job " + id + " dead");
        browser.awaitText(".timeline", "attempt 1 · error");
        browser.awaitText(".timeline", "to ann");
        browser.see(".timeline summary").click();
        browser.awaitText(".timeline pre", "at io.betrue.browsertests");
        assertThat(browser.see(".timeline pre").getText()).contains("JobDesk.send", "Caused by:", "the cause");
        sinceRefreshed();
        assertThat(browser.see(".timeline pre").isDisplayed()).as("still open").isTrue();

        browser.see("#job-view [data-order$=retry]").click();

        browser.awaitText("#job-title", "Job " + id + " succeeded");
        assertThat(desk.jobs.control().find(id).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
        browser.awaitText(".timeline", "succeeded");
        browser.see("[data-close]").click();
        browser.await(any -> gone("#job[open]"));
        complainsOfNothing();
    }

    @Test
    void retriesFromTheListToo() {
        long id = desk.deadMail(3);
        open("failures");
        browser.see("tr[data-key='" + id + "'] [data-order$=retry]").click();
        browser.await(any -> gone("tr[data-key='" + id + "']"));
        desk.untilIs(id, JobState.SUCCEEDED);
        complainsOfNothing();
    }

    @Test
    void showsWhatFailedAndWillBeTriedAgain() {
        open("failures");
        browser.awaitText("main", "the card has expired");
        assertThat(browser.see("main").getText()).contains("1 of 5", "Failed, will be tried again");
        complainsOfNothing();
    }

    @Test
    void cancelsARunningJobWhenItIsMeant() {
        long id = desk.runningReport();
        open("overview");
        String button = "tr[data-key='" + id + "'] [data-order$=cancel]";
        browser.see(button).click();
        browser.awaitText("#question", "Cancel job " + id);
        browser.see("#question button[value=no]").click();
        assertThat(desk.jobs.control().find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        browser.see(button).click();
        browser.see("#question button[value=yes]").click();
        browser.await(any -> gone("tr[data-key='" + id + "']"));
        desk.untilIs(id, JobState.CANCELLED);
        complainsOfNothing();
    }

    @Test
    void discardsAJobAndSaysOfOneThatIsGone() {
        long id = desk.deadMail(4);
        open("failures/" + id);
        browser.see("#job-view [data-order$=discard]").click();
        browser.see("#question button[value=yes]").click();
        browser.await(any -> gone("tr[data-key='" + id + "']"));
        assertThat(desk.jobs.control().find(id)).isEmpty();
        complainsOfNothing();
        open("jobs/" + id);
        browser.awaitText("#job-view", "There is no such job");
    }

    @Test
    void pausesAndResumesQueuesAndSchedules() {
        open("overview");
        browser.see("tr[data-key=imports] [data-order$=pause]").click();
        browser.awaitText("tr[data-key=imports]", "paused");
        assertThat(desk.jobs.control().queues())
                .filteredOn(queue -> queue.name().equals("imports"))
                .allMatch(queue -> queue.paused());
        browser.see("tr[data-key=imports] [data-order$=resume]").click();
        browser.see("tr[data-key=imports] [data-order$=pause]");
        open("schedules");
        browser.awaitText("tr[data-key=nightly-report]", "0 3 * * *");
        browser.see("tr[data-key=nightly-report] [data-order$=pause]").click();
        browser.awaitText("tr[data-key=nightly-report]", "paused");
        browser.see("tr[data-key=nightly-report] [data-order$=resume]").click();
        browser.see("tr[data-key=nightly-report] [data-order$=pause]");
        complainsOfNothing();
    }

    @Test
    void showsWorkers() {
        open("workers");
        browser.awaitText("tbody", "default, mails, reports");
        complainsOfNothing();
    }

    @Test
    void findsJobsAndTurnsPages() {
        open("jobs");
        browser.see("select[name=state] option[value=SUCCEEDED]").click();
        browser.type("input[name=tag]", "welcome" + Keys.ENTER);
        browser.await(any -> rows() == 50 ? true : null);
        sinceRefreshed();
        assertThat(browser.see("input[name=tag]").getDomProperty("value")).isEqualTo("welcome");
        assertThat(browser.run("return document.activeElement.name")).isEqualTo("tag");
        browser.see("[data-before]").click();
        browser.await(any -> rows() == 10 ? true : null);
        browser.see("[data-before='']").click();
        browser.await(any -> rows() == 50 ? true : null);
        open("overview");
        browser.see("tr[data-key=imports] [data-find]").click();
        browser.await(any -> rows() == 2 ? true : null);
        assertThat(browser.see("input[name=queue]").getDomProperty("value")).isEqualTo("imports");
        complainsOfNothing();
    }

    @Test
    void showsWhatJobsSayAndCarryAsTextAlone() {
        long id = desk.deadMail(5);
        for (String view : VIEWS) {
            open(view + "/" + id);
            browser.awaitText("#job-view pre", "window.attacked=1");
            browser.awaitText("#job-view .timeline", "onerror");
        }
        open("failures");
        browser.awaitText("main", "<script>window.attacked=1</script>");
        open("overview");
        browser.awaitText("main .progress", "<img src=x");
        assertThat(browser.run("return window.attacked")).isEqualTo("");
        assertThat(browser.run(
                        "return document.querySelectorAll('main img, dialog img, main script, dialog script').length"))
                .isEqualTo(0L);
        complainsOfNothing();
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        long id = desk.deadMail(6);
        open("overview");
        browser.see("tr[data-key=mails]");
        tabTo("#failures");
        browser.press(Keys.ENTER);
        browser.see("tr[data-key='" + id + "']");
        tabTo("#failures/" + id);
        sinceRefreshed();
        assertThat(focused()).as("focus after a refresh").isEqualTo("#failures/" + id);
        browser.press(Keys.ENTER);
        browser.awaitText("#job-title", "Job " + id);
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Close");
        browser.press(Keys.ESCAPE);
        browser.await(any -> gone("#job[open]"));
        assertThat(focused()).as("focus after the dialog").isEqualTo("#failures/" + id);
        tabTo("jobs/" + id + "/retry");
        browser.press(Keys.ENTER);
        browser.await(any -> gone("tr[data-key='" + id + "']"));
        desk.untilIs(id, JobState.SUCCEEDED);
        browser.await(any -> browser.run("return document.activeElement.id").equals("view") ? true : null);
        complainsOfNothing();
    }

    private void tabTo(String target) {
        for (int i = 0; i < 60; i++) {
            browser.press(Keys.TAB);
            if (focused().equals(target)) {
                assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                        .as("outline of %s", target)
                        .isEqualTo("solid");
                return;
            }
        }
        throw new AssertionError("no way by keyboard to " + target);
    }

    private Object focused() {
        return browser.run(
                "const at = document.activeElement; return at.dataset.order ?? at.getAttribute('href') ?? at.nodeName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void isReadableInLightAndDark(String scheme) throws IOException {
        long id = desk.deadMail(7);
        browser.prefer(scheme);
        desk.jobs.control().pause("mails");
        try {
            for (String view : VIEWS) {
                open(view);
                browser.see("main table");
                readable(scheme, view);
            }
            open("failures/" + id);
            browser.see(".timeline summary").click();
            readable(scheme, "job");
            browser.see("#job-view [data-order$=discard]").click();
            browser.see("#question");
            readable(scheme, "question");
        } finally {
            desk.jobs.control().resume("mails");
        }
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme.equals("dark") ? "rgb(16, 20, 27)" : "rgb(243, 245, 248)");
        complainsOfNothing();
    }

    private void readable(String scheme, String view) throws IOException {
        picture(scheme + "-" + view);
        assertThat(browser.run(Browser.script("contrast.js").replace("LEAST", Double.toString(LEAST_CONTRAST / 10.0))))
                .as("%s in %s", view, scheme)
                .isEqualTo(List.of());
    }

    @Test
    void fitsPhone() throws IOException {
        long id = desk.deadMail(8);
        browser.phone(360, 740);
        for (String view : VIEWS) {
            open(view);
            browser.see("main table");
            fits(view);
        }
        open("failures/" + id);
        browser.see(".timeline summary").click();
        fits("job");
        complainsOfNothing();
    }

    private void fits(String view) throws IOException {
        picture("phone-" + view);
        assertThat(browser.run("return window.innerWidth")).isEqualTo(360L);
        assertThat(browser.run(Browser.script("overflow.js"))).as(view).isEqualTo(List.of());
    }

    @Test
    void saysThatTheCallerMayNotChangeAnything() {
        desk.calledBy(JobDesk.Role.SUPPORT);
        open("overview");
        browser.see("tr[data-key=imports] [data-order$=pause]").click();
        browser.awaitText("#notice", "You may look, but not change anything");
        sinceRefreshed();
        assertThat(browser.see("#notice").getText()).isNotEmpty();
        assertThat(browser.see("tr[data-key=imports]").getText()).doesNotContain("paused");
        long id = desk.deadMail(9);
        open("failures/" + id);
        browser.see("#job-view [data-order$=retry]").click();
        browser.awaitText("#job-notice", "You may look, but not change anything");
        assertThat(desk.jobs.control().find(id).orElseThrow().state()).isEqualTo(JobState.DEAD);
        assertThat(browser.complaints()).isNotEmpty().allMatch(text -> text.contains("403"));
    }

    @Test
    void saysThatTheCallerMayNotLookAnyMore() {
        open("overview");
        browser.see("tr[data-key=imports]");
        desk.calledBy(JobDesk.Role.GUEST);
        browser.awaitText("#notice", "You may not see jobs");
        assertThat(browser.see("body").getText()).doesNotContain("imports", "page 4 of 10");
        browser.open(desk.address());
        browser.awaitText("body", "Forbidden");
        assertThat(browser.complaints())
                .isNotEmpty()
                .allMatch(text -> text.contains("403") || text.contains("/favicon.ico"));
    }

    @Test
    void goesOnWhenTheServerDoes() throws IOException {
        open("overview");
        browser.see("tr[data-key=imports]");
        browser.run("window.asked = window.fetch; window.fetch = () => Promise.reject(new TypeError('no network'))");
        browser.awaitText("#state", "The server cannot be reached. Trying again.");
        assertThat(browser.see("main").getText()).contains("imports");
        browser.run("window.fetch = window.asked");
        browser.awaitText("#state", "as of");
        complainsOfNothing();
    }

    @Test
    void isFoundWithASlashAtTheEndToo() {
        browser.open(desk.address() + "/#workers");
        browser.awaitText("tbody", "default, mails, reports");
        complainsOfNothing();
    }

    private void sinceRefreshed() {
        browser.run("document.querySelector('#state').textContent = ''");
        browser.awaitText("#state", "as of");
    }

    private Boolean gone(String css) {
        return browser.run("return document.querySelector(\"" + css + "\") === null")
                        .equals(true)
                ? true
                : null;
    }

    private long rows() {
        return (long) browser.run("return document.querySelectorAll('tbody tr').length");
    }

    private void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "dashboard"));
        Files.write(folder.resolve(name + ".png"), browser.picture());
    }
}

package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptHeaderTest {
    @Test
    void prefersJsonUnlessHtmlIsNamedAndRanksHigher() {
        assertThat(AcceptHeader.of(null).prefersHtml()).isFalse();
        assertThat(AcceptHeader.of("*/*").prefersHtml()).isFalse();
        assertThat(AcceptHeader.of("text/*").prefersHtml()).isFalse();
        assertThat(AcceptHeader.of("text/html, application/*").prefersHtml()).isFalse();
        assertThat(AcceptHeader.of("text/html, application/*;q=0.999").prefersHtml())
                .isTrue();
        assertThat(AcceptHeader.of("text/html;charset=utf-8;q=0.2, */*;q=0.1").prefersHtml())
                .isTrue();
    }

    @Test
    void refusesWhatHasWeightZero() {
        assertThat(AcceptHeader.of("text/html;q=0").prefersHtml()).isFalse();
        assertThat(AcceptHeader.of("text/html;q=0.0, application/json;q=0").prefersHtml())
                .isFalse();
    }

    @Test
    void ignoresMalformedWeights() {
        assertThat(AcceptHeader.of("text/html;q=2, application/json;q=0.5").prefersHtml())
                .isTrue();
        assertThat(AcceptHeader.of("text/html;q=, application/json;q=0.5").prefersHtml())
                .isTrue();
    }

    @Test
    void prefersMarkdownWhenItRanksHighest() {
        assertThat(AcceptHeader.of("text/markdown").prefersMarkdown()).isTrue();
        assertThat(AcceptHeader.of("text/markdown;q=0.5, text/html").prefersMarkdown())
                .isFalse();
        assertThat(AcceptHeader.of("text/markdown, application/json").prefersMarkdown())
                .isTrue();
        assertThat(AcceptHeader.of("*/*").prefersMarkdown()).isFalse();
    }
}

package io.betrue.commands.contract;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the table: a call, and its answer on every transport. */
final class Row {
    final String name;
    final String address;
    byte[] input = {'{', '}'};
    final Map<String, String> headers = new HashMap<>(Map.of("authorization", "Bearer anna"));

    @Nullable
    Duration timeout = Duration.ofSeconds(10);

    int upload = -1;
    int times = 1;
    boolean cancelled;
    boolean inside;

    int status = 200;
    String code = "";
    String body = "";
    final Map<String, String> members = new HashMap<>();
    final Map<String, String> replyHeaders = new HashMap<>();
    int download = -1;

    private Row(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** Starts a row: what it shows, and the address that is called by Anna with an empty input. */
    static Row of(String name, String address) {
        return new Row(name, address);
    }

    Row input(String json) {
        return input(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Row input(byte[] bytes) {
        input = bytes;
        return this;
    }

    Row by(String token) {
        return header("authorization", "Bearer " + token);
    }

    Row byStranger() {
        headers.remove("authorization");
        return this;
    }

    Row header(String key, String value) {
        headers.put(key, value);
        return this;
    }

    /** Lets the callee decide how long it may take, if null. */
    Row timeout(@Nullable Duration limit) {
        timeout = limit;
        return this;
    }

    Row upload(int bytes) {
        upload = bytes;
        return this;
    }

    /** Calls so often; the last answer counts. */
    Row times(int count) {
        times = count;
        return this;
    }

    /** Gives up as soon as the call is under way. */
    Row cancelled() {
        cancelled = true;
        return this;
    }

    /** Calls from inside the system. */
    Row inside() {
        inside = true;
        return this;
    }

    Row gives(String json) {
        body = json;
        return this;
    }

    Row gives(int replyStatus, String json) {
        status = replyStatus;
        return gives(json);
    }

    Row with(String header, String value) {
        replyHeaders.put(header, value);
        return this;
    }

    Row downloads(int bytes) {
        download = bytes;
        return this;
    }

    Row refused(int problemStatus, String problemCode) {
        status = problemStatus;
        code = problemCode;
        return this;
    }

    /** Demands a member of the problem, as JSON. */
    Row saying(String member, String json) {
        members.put(member, json);
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}

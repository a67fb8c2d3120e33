package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what functions returned, so that a template that is rendered twice calls them once. Used by one thread. */
final class RememberedCalls {
    private final List<Object> results = new ArrayList<>();
    private int replayed;

    /** {@return the functions, each call noted} */
    Map<String, TemplateFunction> recording(Map<String, TemplateFunction> functions) {
        Map<String, TemplateFunction> recording = new HashMap<>();
        functions.forEach((name, function) -> recording.put(name, arguments -> {
            Object result = function.call(arguments);
            results.add(result);
            return result;
        }));
        return recording;
    }

    /** {@return functions that return what was noted, in the same order} */
    Map<String, TemplateFunction> replaying(Map<String, TemplateFunction> functions) {
        Map<String, TemplateFunction> replaying = new HashMap<>();
        functions.keySet().forEach(name -> replaying.put(name, arguments -> results.get(replayed++)));
        return replaying;
    }
}

package io.betrue.process;

/** Something to do that may fail, such as the start of a part, its stop, or its work. */
@FunctionalInterface
public interface Action {
    /**
     * Does it.
     *
     * @throws Exception if it fails
     */
    void perform() throws Exception;
}

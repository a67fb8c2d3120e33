package io.betrue.staticfiles;

import java.util.regex.Pattern;

/**
 * A pattern for paths: {@code *} is anything but a slash, {@code ?} one character but a slash, {@code **} anything. Without a slash
 * it is matched with the name of a file in any directory, otherwise with its whole path below the mount. Immutable.
 */
final class Glob {
    private final boolean name;
    private final Pattern pattern;

    Glob(String glob, boolean ignoreCase) {
        name = glob.indexOf('/') < 0;
        int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL : Pattern.DOTALL;
        pattern = Pattern.compile(regex(glob), flags);
    }

    /**
     * Tells whether a file is meant.
     *
     * @param path its path below the mount, without a slash at its start
     */
    boolean matches(String path) {
        return pattern.matcher(name ? path.substring(path.lastIndexOf('/') + 1) : "/" + path)
                .matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}

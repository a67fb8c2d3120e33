# What the scripts that kill servers share; to be sourced by one with a name in $name and a folder in $work. The servers run on 127.0.0.1, on free ports.
# shellcheck shell=bash

recovery=60 # longest wait for one recovery, in seconds
postgres_pid='' load_pid=''

say() { printf '%6s s  %s\n' "$SECONDS" "$*"; }
fail() { echo "$name: $*" >&2; exit 1; }
number() { [[ ${2:-} =~ ^[0-9]{1,4}$ ]] || { echo "$name: $1 needs a whole number 0..9999" >&2; exit 2; }; }
alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

children() { ps -A -o pid=,ppid= | awk -v parent="$1" '$2 == parent { print $1 }'; }

# Ends a process and its children at once, as a power cut would, and waits until all are gone.
kill_all() {
    local pid all
    all="$1 $(children "$1")"
    # shellcheck disable=SC2086
    kill -9 $all 2>/dev/null || true
    wait "$1" 2>/dev/null || true
    for pid in $all; do
        for _ in $(seq 100); do alive "$pid" || break; sleep 0.05; done
    done
}

free_port() {
    local port
    for _ in $(seq 100); do
        port=$((20000 + RANDOM % 10000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo $port; return; fi
    done
    fail "no free port found in 20000..29999"
}

# Whether what listens at a port wants requests.
ready() {
    timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"
        printf "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n" >&3
        head -n 1 <&3 | grep -q " 200 "' - "$1" 2>/dev/null
}

# unpack_postgres EXAMPLE: takes the one that the example brings.
unpack_postgres() {
    local machine jar
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) machine=linux-amd64 ;;
        Linux-aarch64) machine=linux-arm64v8 ;;
        Darwin-x86_64) machine=darwin-amd64 ;;
        Darwin-arm64) machine=darwin-arm64v8 ;;
        *) fail "no PostgreSQL for $(uname -s) on $(uname -m)" ;;
    esac
    jar=$(find "$root/examples/$1/target/lib" -name "embedded-postgres-binaries-$machine-[0-9]*.jar" | head -n 1)
    [ -n "$jar" ] || fail "examples/$1/target/lib has no embedded-postgres-binaries-$machine jar; run without --no-build"
    mkdir "$work/postgres" "$work/unzipped"
    unzip -q "$jar" -d "$work/unzipped"
    tar -xJf "$work"/unzipped/*.txz -C "$work/postgres"
    rm -r "$work/unzipped"
}

# PostgreSQL refuses to be root: then it runs in a user namespace of its own, or as nobody.
choose_postgres_user() {
    as_postgres=()
    [ "$(id -u)" = 0 ] || return 0
    if unshare -U true 2>/dev/null; then
        as_postgres=(unshare -U)
    else
        as_postgres=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        chmod 711 "$work"
        chown 65534:65534 "$work/data"
    fi
}

start_postgres() {
    local before until
    before=$(grep -c 'ready to accept connections' "$work/postgres.log" 2>/dev/null || true)
    (cd "$work/data" && exec "${as_postgres[@]}" "$work/postgres/bin/postgres" -D "$work/data/cluster" -p "$postgres_port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100 \
        -c fsync=on -c full_page_writes=on -c synchronous_commit=on) >>"$work/postgres.log" 2>&1 &
    postgres_pid=$!
    until=$((SECONDS + recovery))
    until [ "$(grep -c 'ready to accept connections' "$work/postgres.log" || true)" -gt "${before:-0}" ]; do
        alive "$postgres_pid" || fail "PostgreSQL ended; see $work/postgres.log"
        [ $SECONDS -lt $until ] || fail "PostgreSQL did not start in $recovery s; see $work/postgres.log"
        sleep 0.1
    done
}

# Its users must be there before anything is killed.
wait_load() {
    local until=$((SECONDS + recovery))
    until grep -q '^ *3 s  sent' "$work/run.txt"; do
        alive "$load_pid" || { cat "$work/run.txt" >&2; fail "the load did not begin"; }
        [ $SECONDS -lt $until ] || fail "the load did not begin in $recovery s; see $work/run.txt"
        sleep 0.5
    done
}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

recoveries() {
    [ -f "$work/recovery-$1" ] || { echo "0 times"; return; }
    sort -n "$work/recovery-$1" | awk '{ a[NR] = $1 } END {
        printf "%d times, ready again after min %d, median %d, max %d ms\n", NR, a[1], a[int((NR + 1) / 2)], a[NR] }'
}

# make_postgres EXAMPLE: an empty cluster in $work/data, for start_postgres.
make_postgres() {
    mkdir "$work/data"
    unpack_postgres "$1"
    choose_postgres_user
    postgres_port=$(free_port)
    (cd "$work/data" && "${as_postgres[@]}" "$work/postgres/bin/initdb" -D "$work/data/cluster" -U postgres -A trust -E UTF8 \
        --no-locale) >"$work/initdb.log" 2>&1 || fail "initdb failed; see $work/initdb.log"
}

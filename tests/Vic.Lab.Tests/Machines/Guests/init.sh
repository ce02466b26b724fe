#!/bin/busybox sh
# PID 1 of the guests in tests: loads the drivers, then runs the commands that the test puts into guestinfo variables.
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox --install -s /bin
exec </dev/null >/dev/ttyS1 2>&1
echo "init at $(cut -d' ' -f1 /proc/uptime) s"
while read -r module; do insmod "/lib/$module.ko"; done </lib/order
until [ -e /dev/vport0p1 ] || ls /dev/vport* >/dev/null 2>&1; do sleep 0.1; done
exec 3<>"$(ls /dev/vport* | head -1)"

le32() {
    printf "\\$(printf %03o $(($1 & 255)))\\$(printf %03o $((($1 >> 8) & 255)))\\$(printf %03o $((($1 >> 16) & 255)))\\000"
}

send() {
    { le32 "$(printf %s "$2" | wc -c)"; printf %s "$1$2"; } >&3
}

receive() {
    set -- $(dd bs=1 count=5 2>/dev/null <&3 | od -An -v -tu1)
    CHANNEL=$5
    PAYLOAD=$(dd bs=1 count=$(($1 + $2 * 256 + $3 * 65536)) 2>/dev/null <&3 | tr '\000' ' ')
}

# The host may command at any time: its frames are answered while the guest waits for its own answer.
answer() {
    case "$PAYLOAD" in
    reset) send T 'OK ATR toolbox' ;;
    OS_Halt) send T 'OK '; sync; poweroff -f ;;
    OS_Reboot) send T 'OK '; sync; reboot -f ;;
    Vix_1_Relayed_Command*) send T 'OK 0 0 4711' ;;
    *) send T 'OK ' ;;
    esac
}

rpc() {
    send R "$1"
    while receive; do
        if [ "$CHANNEL" = 82 ]; then return; fi
        answer
    done
}

# A guest that boots again goes on where it was.
rpc 'info-get guestinfo.test.next'
case "$PAYLOAD" in "1 "*) n=${PAYLOAD#1 } ;; *) n=1 ;; esac
while :; do
    rpc "info-get guestinfo.test.command.$n"
    case "$PAYLOAD" in
    "1 "*)
        printf '%s\n' "${PAYLOAD#1 }" >/tmp/command
        output=$(sh /tmp/command 2>&1)
        rpc "info-set guestinfo.test.next $((n + 1))"
        rpc "info-set guestinfo.test.result.$n $output"
        n=$((n + 1))
        ;;
    *)
        sleep 0.1
        rpc 'info-get guestinfo.test.address'
        case "$PAYLOAD" in "1 "*) rpc "info-set guestinfo.ip ${PAYLOAD#1 }" ;; esac
        ;;
    esac
done

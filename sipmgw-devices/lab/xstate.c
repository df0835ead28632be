/*
 * Preloaded into the user-mode kernel (never into what runs in it) on processors with AMX. Linux 6.1 as a user-mode kernel
 * keeps 2696 bytes of vector registers for each of its processes, all that AVX-512 and PKRU need. The host takes registers
 * back by PTRACE_SETREGSET only whole, 11 kB with AMX, and answers EFAULT: no process starts. So what the kernel knows is
 * completed here by AMX registers that are said to be unused.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define NT_X86_XSTATE 0x202
#define LARGEST 65536
/* where the registers say which parts of them are used, and the parts up to PKRU (bit 9) without those of processor trace */
#define USED_PARTS 512
#define KNOWN_PARTS 0x2ffULL

static char whole[LARGEST];

static size_t whole_size(pid_t pid) {
    static size_t size;
    if (size == 0) {
        struct iovec all = {whole, sizeof whole};
        if (syscall(SYS_ptrace, PTRACE_GETREGSET, pid, NT_X86_XSTATE, &all) == 0) {
            size = all.iov_len;
        }
    }
    return size;
}

static long set_registers(pid_t pid, struct iovec *known) {
    size_t size = whole_size(pid);
    if (known->iov_len >= size) {
        return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, NT_X86_XSTATE, known);
    }
    uint64_t used;
    memset(whole, 0, size);
    memcpy(whole, known->iov_base, known->iov_len);
    memcpy(&used, whole + USED_PARTS, sizeof used);
    used &= KNOWN_PARTS;
    memcpy(whole + USED_PARTS, &used, sizeof used);
    struct iovec all = {whole, size};
    return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, NT_X86_XSTATE, &all);
}

long ptrace(enum __ptrace_request request, ...) {
    va_list arguments;
    va_start(arguments, request);
    pid_t pid = va_arg(arguments, pid_t);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);
    if (request == PTRACE_SETREGSET && address == (void *)NT_X86_XSTATE) {
        return set_registers(pid, data);
    }
    if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
        /* the system call stores the word, the function returns it */
        long word;
        long result = syscall(SYS_ptrace, request, pid, address, &word);
        if (result == 0) {
            errno = 0;
            return word;
        }
        return result;
    }
    return syscall(SYS_ptrace, request, pid, address, data);
}

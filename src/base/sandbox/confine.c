/* What takes the child's rights away: Landlock, resource limits and the seccomp allow-list. */
#include "base/sandbox/sandbox_private.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

bool sandbox_landlock(void)
{
	/* All rights of the first version of the interface: any kernel that has Landlock knows them. */
	struct landlock_ruleset_attr rules = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
	long ruleset = syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
	if (ruleset < 0) return false;
	bool confined = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, (int)ruleset, 0) == 0;
	close((int)ruleset);
	return confined;
}

static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(pread64),
	SCMP_SYS(write),
	SCMP_SYS(pwrite64),
	SCMP_SYS(lseek),
	SCMP_SYS(fstat),
	SCMP_SYS(close),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(futex),
	SCMP_SYS(sched_yield),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
};
/* Libraries look for their configuration, want a signal for themselves, and qsort asks how much memory there is: they are told that they may not. */
static const int refused[] = {
	SCMP_SYS(open),
	SCMP_SYS(openat),
	SCMP_SYS(stat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(lstat),
	SCMP_SYS(statx),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(getcwd),
	SCMP_SYS(prlimit64),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(sysinfo),
};

static scmp_filter_ctx filter;

static bool filter_fill(void)
{
	for (size_t i = 0; i < COUNT(allowed); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0) return false;
	for (size_t i = 0; i < COUNT(refused); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0) != 0) return false;
	/* Memory only, and never executable. */
	const struct scmp_arg_cmp not_executable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, not_executable,
		       SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0;
}

bool sandbox_filter_prepare(void)
{
	filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	return filter && filter_fill();
}

bool sandbox_filter_load(void) { return seccomp_load(filter) == 0; }

static bool limit(__rlimit_resource_t what, rlim_t value) { return setrlimit(what, &(struct rlimit) { value, value }) == 0; }

bool sandbox_limit(const SandboxWork *work, size_t input_bytes, size_t server_bytes)
{
	bool limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, (rlim_t)work->processor_seconds) &&
		       limit(RLIMIT_FSIZE, work->output_bytes) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0) &&
		       limit(RLIMIT_NOFILE, 8) && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
#ifndef __SANITIZE_ADDRESS__ /* which reserves more address space than any limit */
	const size_t overhead = work->memory_bytes / 4 + (1 << 20); /* of the allocator: the arena finds its own ceiling first */
	limited = limited && limit(RLIMIT_AS, server_bytes + input_bytes + work->memory_bytes + overhead);
#else
	(void)input_bytes, (void)server_bytes;
#endif
	return limited;
}

#include "store/db/faults.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

bool fault_sync;
long fault_file_bytes;

int fdatasync(int file)
{
	if (__atomic_load_n(&fault_sync, __ATOMIC_RELAXED)) {
		errno = EIO;
		return -1;
	}
	(void)file; /* nothing is forced to the disk, see test/harness/haste.c */
	return 0;
}

ssize_t pwrite64(int file, const void *at, size_t count, off64_t offset)
{
	long limit = __atomic_load_n(&fault_file_bytes, __ATOMIC_RELAXED);
	if (limit && offset + (long)count > limit) {
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_pwrite64, file, at, count, offset);
}

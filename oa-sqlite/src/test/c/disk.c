/*
 * A disk that can be watched and can fail, for the tests of the store: loaded into a process by
 * LD_PRELOAD, it stands between that process and the files of one folder.
 *
 *   OA_DISK_FOLDER   the folder, by its real path; nothing else is touched
 *   OA_DISK_TRACE    every change of a file of the folder is recorded here, in the order in which
 *                    it was made, together with every flush
 *   OA_DISK_NOTES    what is written to this file is recorded in the trace too: what the process
 *                    claimed, and when
 *   OA_DISK_KILL_AT  the process is killed at its change or flush of this number, counted from 1;
 *                    of a write the first half is done
 *   OA_DISK_FULL     while this file exists there is no room: no file of the folder can grow
 *
 * A record is: kind (1 byte), length of the name (1), nothing (2), length of the data (4), offset
 * (8), name, data; numbers as the machine has them. Kinds: C created, W written, T cut or extended
 * to the offset, S flushed, D the folder flushed, U removed, N noted.
 *
 * The shared-memory file of SQLite is left out of the trace: it is rebuilt after every crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *notes, *full;
static int trace = -1;
static long changes, kill_at;

__attribute__((constructor)) static void begin(void) {
  const char *number = getenv("OA_DISK_KILL_AT");
  const char *path = getenv("OA_DISK_TRACE");
  notes = getenv("OA_DISK_NOTES");
  full = getenv("OA_DISK_FULL");
  kill_at = number ? atol(number) : 0;
  if (path) trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  folder = getenv("OA_DISK_FOLDER");
}

/* The name of a file within the folder: empty for the folder itself, NULL for what is elsewhere. */
static const char *within(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  if (!length || strncmp(path, folder, length)) return NULL;
  if (path[length] == 0) return path + length;
  return path[length] == '/' && !strchr(path + length + 1, '/') ? path + length + 1 : NULL;
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return length > 0;
}

static int shared_memory(const char *name) {
  size_t length = strlen(name);
  return length > 4 && !strcmp(name + length - 4, "-shm");
}

static void record(char kind, const char *name, uint64_t offset, const void *data, size_t length) {
  if (trace < 0 || shared_memory(name)) return;
  struct { char kind; uint8_t name; uint16_t nothing; uint32_t data; uint64_t offset; } head =
      {kind, (uint8_t)strlen(name), 0, (uint32_t)length, offset};
  struct iovec parts[3] = {
      {&head, sizeof head}, {(void *)name, strlen(name)}, {(void *)data, length}};
  size_t whole = sizeof head + strlen(name) + length;
  if (writev(trace, parts, 3) != (ssize_t)whole) {
    static const char words[] = "disk: the trace cannot be written\n";
    if (writev(2, &(struct iovec){(void *)words, sizeof words - 1}, 1)) abort();
  }
}

/* Counts a change; true when the process has to go at this one. */
static int last(void) { return ++changes == kill_at; }

static void go(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int grows(int fd, off_t end) {
  struct stat now;
  return full && !access(full, F_OK) && !fstat(fd, &now) && end > now.st_size;
}

static ssize_t written(int fd, const void *data, size_t length, off_t offset) {
  REAL(pwrite64);
  return real(fd, data, length, offset);
}

static ssize_t write_at(int fd, const char *name, const void *data, size_t length, off_t offset) {
  pthread_mutex_lock(&order);
  ssize_t done = -1;
  if (grows(fd, offset + (off_t)length)) {
    errno = ENOSPC;
  } else if (last()) {
    if (written(fd, data, length / 2, offset) >= 0) go();
  } else {
    done = written(fd, data, length, offset);
    if (done > 0) record('W', name, (uint64_t)offset, data, (size_t)done);
  }
  pthread_mutex_unlock(&order);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  char path[PATH_MAX];
  const char *name = path_of(fd, path) ? within(path) : NULL;
  return name ? write_at(fd, name, data, length, offset) : written(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(write);
  char path[PATH_MAX];
  if (!folder || !path_of(fd, path)) return real(fd, data, length);
  if (notes && !strcmp(path, notes)) {
    pthread_mutex_lock(&order);
    ssize_t done = real(fd, data, length);
    if (done > 0) record('N', "", 0, data, (size_t)done);
    pthread_mutex_unlock(&order);
    return done;
  }
  const char *name = within(path);
  if (!name) return real(fd, data, length);
  off_t here = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t done = write_at(fd, name, data, length, here);
  if (done > 0) lseek(fd, here + done, SEEK_SET);
  return done;
}

static int cut(int fd, off_t length) {
  REAL(ftruncate64);
  char path[PATH_MAX];
  const char *name = path_of(fd, path) ? within(path) : NULL;
  if (!name) return real(fd, length);
  pthread_mutex_lock(&order);
  int done = -1;
  if (grows(fd, length)) {
    errno = ENOSPC;
  } else {
    if (last()) go();
    done = real(fd, length);
    if (!done) record('T', name, (uint64_t)length, NULL, 0);
  }
  pthread_mutex_unlock(&order);
  return done;
}

int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

int ftruncate(int fd, off_t length) { return cut(fd, length); }

static int flush(int fd, int (*real)(int)) {
  char path[PATH_MAX];
  const char *name = path_of(fd, path) ? within(path) : NULL;
  if (!name) return real(fd);
  pthread_mutex_lock(&order);
  if (last()) go();
  int done = real(fd);
  if (!done) record(*name ? 'S' : 'D', name, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return done;
}

int fsync(int fd) {
  REAL(fsync);
  return flush(fd, real);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return flush(fd, real);
}

int unlink(const char *path) {
  REAL(unlink);
  const char *name = within(path);
  if (!name) return real(path);
  pthread_mutex_lock(&order);
  if (last()) go();
  int done = real(path);
  if (!done) record('U', name, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return done;
}

static int opened(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
  const char *name = flags & (O_CREAT | O_TRUNC) ? within(path) : NULL;
  if (!name) return real(path, flags, mode);
  pthread_mutex_lock(&order);
  int fresh = access(path, F_OK);
  if (fresh && last()) go();
  int fd = real(path, flags, mode);
  if (fd >= 0 && fresh) record('C', name, 0, NULL, 0);
  if (fd >= 0 && !fresh && flags & O_TRUNC) record('T', name, 0, NULL, 0);
  pthread_mutex_unlock(&order);
  return fd;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if (flags & O_CREAT) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = (mode_t)va_arg(rest, int); \
    va_end(rest); \
  }

int open(const char *path, int flags, ...) {
  REAL(open);
  MODE(flags)
  return opened(path, flags, mode, real);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  MODE(flags)
  return opened(path, flags, mode, real);
}

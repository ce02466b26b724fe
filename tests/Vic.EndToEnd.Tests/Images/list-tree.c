/* Prints what is below the directories named after the root: kind, mode, owner, content, attributes, and which names share a file. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MAX_FILES 4096

static struct { ino_t inode; dev_t device; char *name; } seen[MAX_FILES];
static int files;
static size_t rootLength;

static const char *first_name(const struct stat *st, const char *name)
{
    for (int i = 0; i < files; i++)
        if (seen[i].inode == st->st_ino && seen[i].device == st->st_dev)
            return seen[i].name;
    if (files == MAX_FILES)
        exit(3);
    seen[files].inode = st->st_ino;
    seen[files].device = st->st_dev;
    seen[files].name = strdup(name);
    return seen[files++].name;
}

static void print_content(const char *path)
{
    unsigned char buffer[65536];
    uint64_t hash = 14695981039346656037u;
    int fd = open(path, O_RDONLY | O_NOFOLLOW);
    ssize_t count;
    while (fd >= 0 && (count = read(fd, buffer, sizeof buffer)) > 0)
        for (ssize_t i = 0; i < count; i++)
            hash = (hash ^ buffer[i]) * 1099511628211u;
    printf(" content=%016" PRIx64, fd < 0 ? 0 : hash);
    if (fd >= 0)
        close(fd);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_attributes(const char *path)
{
    char names[4096], value[4096], *sorted[64];
    ssize_t length = llistxattr(path, names, sizeof names);
    int count = 0;
    for (ssize_t i = 0; i < length && count < 64; i += strlen(names + i) + 1)
        sorted[count++] = names + i;
    qsort(sorted, count, sizeof *sorted, by_name);
    for (int i = 0; i < count; i++) {
        ssize_t size = lgetxattr(path, sorted[i], value, sizeof value);
        printf(" %s=%.*s", sorted[i], (int)(size < 0 ? 0 : size), value);
    }
}

static int show(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    const char *name = path + rootLength;
    (void)type;
    (void)ftw;
    printf("%s mode=%o owner=%u:%u", name, st->st_mode, st->st_uid, st->st_gid);
    if (S_ISREG(st->st_mode))
        print_content(path);
    if (S_ISLNK(st->st_mode)) {
        char target[4096];
        ssize_t length = readlink(path, target, sizeof target);
        printf(" target=%.*s", (int)(length < 0 ? 0 : length), target);
    }
    if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
        printf(" device=%u:%u", major(st->st_rdev), minor(st->st_rdev));
    if (!S_ISDIR(st->st_mode))
        printf(" links=%lu of=%s", (unsigned long)st->st_nlink, first_name(st, name));
    print_attributes(path);
    putchar('\n');
    return 0;
}

/* The first of several names is the first in the list of arguments, so both sides are called with the same list. */
int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    rootLength = strlen(argv[1]);
    for (int i = 2; i < argc; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], argv[i]);
        if (nftw(path, show, 64, FTW_PHYS) != 0)
            return 1;
    }
    return 0;
}

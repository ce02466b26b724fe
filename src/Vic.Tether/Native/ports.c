// C# has no instructions for I/O ports. These few lines are all the native code of the guest.
#include <stdint.h>

// VMware's backdoor: six registers in, six registers out. Call it only where CPUID says VMware.
void vic_backdoor(uint32_t *r)
{
    __asm__ volatile("inl %%dx, %%eax"
                     : "+a"(r[0]), "+b"(r[1]), "+c"(r[2]), "+d"(r[3]), "+S"(r[4]), "+D"(r[5])
                     :
                     : "memory");
}

uint8_t vic_port_read(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

void vic_port_write(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

void vic_port_write_many(uint16_t port, const uint8_t *data, uint32_t count)
{
    uint64_t n = count;
    __asm__ volatile("rep outsb" : "+S"(data), "+c"(n) : "d"(port) : "memory");
}

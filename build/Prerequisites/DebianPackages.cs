namespace Vic.Build.Prerequisites;

/// <summary>What the targets need from the Debian archive (Debian 12).</summary>
internal static class DebianPackages
{
    public static IReadOnlyList<DebianPackage> All { get; } =
    [
        new("clang", "native code of the guests"),
        new("lld", "static linking of the guests"),
        new("zlib1g-dev", "static linking of the guests"),
        new("libssl-dev", "TLS in the endpoint"),
        new("binutils", "stripping the guests"),
        new("xorriso", "making the ISOs"),
        new("isolinux", "boot loader of the ISOs"),
        new("syslinux-common", "boot loader of the ISOs"),
        new("cpio", "making the ISOs"),
        new("zstd", "making the ISOs"),
        new("kmod", "the order of kernel modules in the ISOs"),
        new("e2fsprogs", "file systems in the appliance and in tests"),
        new("nftables", "NAT in the appliance"),
        new("ca-certificates", "trusted registries in the appliance"),
        new("qemu-system-x86", "virtual machines of the lab"),
        new("qemu-utils", "virtual disks of the lab"),
        new("docker.io", "the docker client, and a docker daemon to compare with"),
        new("docker-compose", "a client in tests"),
        new("docker-registry", "a registry for tests and the demo"),
        new("skopeo", "images in tests"),
        new("umoci", "images in tests"),
        new("busybox-static", "images in tests and the demo"),
        new("openssl", "checking certificates in tests"),
        new("python3-pyvmomi", "a vSphere client in tests"),
        new("mono-devel", "the client on the older .NET Framework, in tests"),
        new("golang-go", "vSphere clients and the simulator in tests"),
        new("golang-github-vmware-govmomi-dev", "vSphere clients and the simulator in tests"),
    ];
}

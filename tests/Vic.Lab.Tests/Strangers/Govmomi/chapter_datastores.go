package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) directory() string {
	path := j.datastore().Path("d")
	files := object.NewFileManager(j.vim())
	must(files.MakeDirectory(j.ctx, path, j.datacenter(), false))
	j.later(func() { j.done(files.DeleteDatastoreFile(j.ctx, path, j.datacenter())) })
	return path
}

func (j *journey) upload(path, text string) {
	must(j.datastore().Upload(j.ctx, strings.NewReader(text), path, &soap.DefaultUpload))
}

func (j *journey) download(path string) string {
	body, _, err := j.datastore().Download(j.ctx, path, &soap.DefaultDownload)
	must(err)
	defer body.Close()
	text, err := io.ReadAll(body)
	must(err)
	return string(text)
}

func diskSpec() types.BaseVirtualDiskSpec {
	return &types.FileBackedVirtualDiskSpec{
		VirtualDiskSpec: types.VirtualDiskSpec{DiskType: "thin", AdapterType: "lsiLogic"}, CapacityKb: 1024}
}

var datastores = []sentence{
	{says: "a file is uploaded and downloaded", check: func(j *journey) {
		j.directory()
		j.upload("d/f.txt", "hello world")
		equal("hello world", j.download("d/f.txt"))
	}},
	{says: "a large file arrives whole", check: func(j *journey) {
		j.directory()
		text := strings.Repeat("0123456789abcdef", 1<<16)
		j.upload("d/large", text)
		holds(text == j.download("d/large"), "what was sent came back")
	}},
	{says: "a file is looked at", check: func(j *journey) {
		j.directory()
		j.upload("d/f.txt", "hello world")
		found, err := j.datastore().Stat(j.ctx, "d/f.txt")
		must(err)
		equal(int64(11), found.GetFileInfo().FileSize)
		_, err = j.datastore().Stat(j.ctx, "d/none")
		var missing object.DatastoreNoSuchFileError
		holds(errors.As(err, &missing), "no such file")
	}},
	{says: "a file is read from the middle, and its end is followed", check: func(j *journey) {
		j.directory()
		j.upload("d/log", "one\ntwo\nthree\n")
		file, err := j.datastore().Open(j.ctx, "d/log")
		must(err)
		defer file.Close()
		_, err = file.Seek(4, io.SeekStart)
		must(err)
		rest, err := io.ReadAll(file)
		must(err)
		equal("two\nthree\n", string(rest))
		must(file.Tail(1))
		last, err := io.ReadAll(file)
		must(err)
		equal("three\n", string(last))
	}},
	{says: "a ticket opens one file", check: func(j *journey) {
		j.directory()
		j.upload("d/f.txt", "hello")
		address, cookie, err := j.datastore().ServiceTicket(j.ctx, "d/f.txt", http.MethodGet)
		must(err)
		request, err := http.NewRequest(http.MethodGet, address.String(), nil)
		must(err)
		if cookie != nil {
			request.AddCookie(cookie)
		}
		answer, err := j.vim().Client.Client.Do(request)
		must(err)
		defer answer.Body.Close()
		var body bytes.Buffer
		_, err = io.Copy(&body, answer.Body)
		must(err)
		equal("200 hello", strings.Fields(answer.Status)[0]+" "+body.String())
	}},
	{says: "files are copied, moved and deleted", check: func(j *journey) {
		j.directory()
		j.upload("d/f.txt", "hello")
		files := j.datastore().NewFileManager(j.datacenter(), false)
		must(files.Copy(j.ctx, "d/f.txt", "d/g.txt"))
		must(files.Move(j.ctx, "d/g.txt", "d/h.txt"))
		must(files.Delete(j.ctx, "d/f.txt"))
		equal("hello", j.download("d/h.txt"))
		fails(files.Delete(j.ctx, "d/f.txt"), "FileNotFound")
	}},
	{says: "disks are created, copied, moved and deleted", check: func(j *journey) {
		path := j.directory()
		disks := object.NewVirtualDiskManager(j.vim())
		j.done(disks.CreateVirtualDisk(j.ctx, path+"/a.vmdk", j.datacenter(), diskSpec()))
		files := j.datastore().NewFileManager(j.datacenter(), false)
		must(files.Copy(j.ctx, "d/a.vmdk", "d/b.vmdk"))
		must(files.Move(j.ctx, "d/b.vmdk", "d/c.vmdk"))
		one, err := disks.QueryVirtualDiskUuid(j.ctx, path+"/a.vmdk", j.datacenter())
		must(err)
		other, err := disks.QueryVirtualDiskUuid(j.ctx, path+"/c.vmdk", j.datacenter())
		must(err)
		holds(one != other, "each disk has its own UUID")
		must(files.Delete(j.ctx, "d/a.vmdk"))
		_, err = disks.QueryVirtualDiskUuid(j.ctx, path+"/a.vmdk", j.datacenter())
		fails(err, "FileNotFound", "CannotAccessFile")
	}},
	{says: "a datastore is searched", check: func(j *journey) {
		path := j.directory()
		j.upload("d/f.txt", "hello")
		browser, err := j.datastore().Browser(j.ctx)
		must(err)
		spec := types.HostDatastoreBrowserSearchSpec{MatchPattern: []string{"*.txt"}}
		result := j.done(browser.SearchDatastore(j.ctx, path, &spec)).(types.HostDatastoreBrowserSearchResults)
		equal("f.txt", result.File[0].GetFileInfo().Path)
		results := j.done(browser.SearchDatastoreSubFolders(j.ctx, path, &spec)).(types.ArrayOfHostDatastoreBrowserSearchResults)
		equal("f.txt", results.HostDatastoreBrowserSearchResults[0].File[0].GetFileInfo().Path)
	}},
	{says: "a datastore knows the hosts it is attached to", check: func(j *journey) {
		attached, err := j.datastore().AttachedHosts(j.ctx)
		must(err)
		holds(len(attached) > 0, "a host has the datastore")
	}},
}

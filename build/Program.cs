Console.Error.WriteLine("build");
return 2;

Console.Error.WriteLine("Vic.Endpoint");
return 2;

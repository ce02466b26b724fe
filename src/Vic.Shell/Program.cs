Console.Error.WriteLine("Vic.Shell");
return 2;

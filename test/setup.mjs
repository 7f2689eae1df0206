// Packages that require Nest from CommonJS meet an import cycle unless Nest is loaded first.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
